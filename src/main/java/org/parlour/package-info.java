/** Parlour: room-based chat inside a Jakarta EE server. The packages below import in one direction only; see ARCHITECTURE.md. */
package org.parlour;
