/**
 * What is said on the wire, and nothing else: names, messages, their JSON and their text lines, and why something is
 * refused. Knows neither sockets nor rooms. Texts are checked here, strictly, before anything else sees them
 * (docs/protocol.md).
 */
package org.parlour.protocol;
