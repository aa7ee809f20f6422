/** The build turns a style sheet that the widget imports into minified text. */
declare module '*.css' {
  const text: string
  export default text
}
