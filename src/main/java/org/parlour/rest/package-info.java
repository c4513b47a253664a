/**
 * The same service over HTTP. The only package that knows jakarta.ws.rs; knows nothing of connections, but what it does may end some
 * ({@link org.parlour.auth.LoginEnded}).
 */
package org.parlour.rest;
