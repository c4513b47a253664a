/**
 * The database itself: its schema, whether it is there, and what its failures mean. What is kept in it is the business of the
 * packages that come after.
 */
package org.parlour.storage;
