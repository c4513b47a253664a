/**
 * How often somebody may do something, and where somebody comes from. For every door: knows neither sockets nor REST, only the
 * servlet request that both begin with.
 */
package org.parlour.limits;
