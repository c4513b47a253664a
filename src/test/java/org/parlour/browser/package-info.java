/** The page and the component in a real Chromium, against the deployed WAR; run by {@code mvn verify -Pbrowser} only. */
package org.parlour.browser;
