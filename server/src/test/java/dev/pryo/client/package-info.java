/// Tests of the browser client in Chromium, against a small server that keeps to the contract.
@NullMarked
package dev.pryo.client;

import org.jspecify.annotations.NullMarked;
