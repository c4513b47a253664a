package org.parlour.room;

/** Runs a task after a while, on another thread. */
interface Pause {

    /** @param nanos how long to wait; 0 = not at all */
    void thenRun(long nanos, Runnable task);
}
