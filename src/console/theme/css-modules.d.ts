/** The class names of a CSS module; known to the compiler also before the first build wrote its own types. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module "*.css";
