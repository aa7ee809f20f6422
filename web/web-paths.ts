/** What is served beside the API, here and at the edge alike. Pages have policies of their own; what others embed, any origin may load. */
export const webFiles = {
  '/widget.js': { contentType: 'text/javascript; charset=utf-8', for: 'everyone' },
  '/console': { contentType: 'text/html; charset=utf-8', for: 'page' },
  '/portal': { contentType: 'text/html; charset=utf-8', for: 'page' },
  '/web/console.js': { contentType: 'text/javascript; charset=utf-8', for: 'page' },
  '/web/console.css': { contentType: 'text/css; charset=utf-8', for: 'page' },
  '/web/portal.js': { contentType: 'text/javascript; charset=utf-8', for: 'page' },
  '/web/portal.css': { contentType: 'text/css; charset=utf-8', for: 'page' },
} as const satisfies { [path: string]: { contentType: string; for: 'everyone' | 'page' } }
export type WebPath = keyof typeof webFiles

/** What the pages may load: their own parts and the API, from where they are themselves. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
