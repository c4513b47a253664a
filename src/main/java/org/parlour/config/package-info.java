/**
 * What the server hands to Parlour: its settings, read once and checked, and its threads. Knows no other package.
 */
package org.parlour.config;
