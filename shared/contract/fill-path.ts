/** Puts values into a path such as `/v1/careers/{slug}`, encoded so that each stays one segment. */
export function fillPath(path: string, params: { readonly [name: string]: unknown } = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === null || value === '') throw new Error(`${path} needs a value for {${name}}.`)
    return encodeURIComponent(String(value))
  })
}
