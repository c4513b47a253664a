/**
 * What more than one test needs. No container, no network: a test of any kind may use it.
 */
package org.parlour.testing;
