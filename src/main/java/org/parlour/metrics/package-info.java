/**
 * What can be counted, and how an operator sees it. Counters are plain adders: counting never blocks and never fails.
 */
package org.parlour.metrics;
