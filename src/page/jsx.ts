/** The functions that the bundler calls for the JSX of the page. */
export { Fragment, h } from "preact";
