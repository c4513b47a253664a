/**
 * Who is here, what was just said, who gets it. Between the log below and the sockets above, neither of which it waits for:
 * answers go to {@link org.parlour.room.Member}s, as single messages or as {@link org.parlour.room.Feed}s.
 */
package org.parlour.room;
