/** What readers of the documentation would write themselves. */
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
