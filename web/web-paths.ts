/** Files served next to the API, by the local host and by the edge. Any origin may load files for everyone; pages have a policy. */
export const webFiles = {
  '/widget.js': { contentType: 'text/javascript; charset=utf-8', for: 'everyone' },
  '/console': { contentType: 'text/html; charset=utf-8', for: 'page' },
  '/portal': { contentType: 'text/html; charset=utf-8', for: 'page' },
  '/publisher': { contentType: 'text/html; charset=utf-8', for: 'page' },
  '/web/console.js': { contentType: 'text/javascript; charset=utf-8', for: 'page' },
  '/web/console.css': { contentType: 'text/css; charset=utf-8', for: 'page' },
  '/web/portal.js': { contentType: 'text/javascript; charset=utf-8', for: 'page' },
  '/web/portal.css': { contentType: 'text/css; charset=utf-8', for: 'page' },
  '/web/publisher.js': { contentType: 'text/javascript; charset=utf-8', for: 'page' },
  '/web/publisher.css': { contentType: 'text/css; charset=utf-8', for: 'page' },
} as const satisfies { [path: string]: { contentType: string; for: 'everyone' | 'page' } }
export type WebPath = keyof typeof webFiles

/** Another site that opens one of these pages gets no handle on their window, and they get none on its window. */
export const pageOpenerPolicy = 'same-origin'

/** The Content-Security-Policy of console, portal and publisher page: they load only files and data of their own origin. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
