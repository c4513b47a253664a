/**
 * Who somebody is. Today only guests, whom nothing but a signed token tells apart; what a token proves is decided here and nowhere
 * else.
 */
package org.parlour.auth;
