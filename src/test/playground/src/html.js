import htm from 'htm';
import { h } from 'preact';

/** Preact elements, written as HTML. */
export const html = htm.bind(h);
