/** What the bundler turns the elements of the page into calls of. */
export { Fragment, h } from "preact";
