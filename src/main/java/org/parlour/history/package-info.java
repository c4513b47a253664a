/**
 * The truth: the ordered log in the database. {@link org.parlour.history.LogWriter} is the one way in and numbers what it
 * commits; {@link org.parlour.history.MessageLog} is the one way out. What is not stored is not shown (docs/adr/0002).
 */
package org.parlour.history;
