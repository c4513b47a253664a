/**
 * One WebSocket connection: handshake, frames, what waits to be sent. The only package that knows jakarta.websocket.
 */
package org.parlour.socket;
