/**
 * Who somebody is: a guest, whom nothing but a signed token tells apart, or the holder of an account, whatever it was proved by. What
 * a credential proves is decided here and nowhere else, and so is whose a name is.
 */
package org.parlour.auth;
