import openapi from '../../openapi.json' with { type: 'json' }
import { renderDocsPages } from './render-docs-pages.ts'

/** The API pages of this version's `openapi.json`. */
export function renderOwnDocsPages() {
  return renderDocsPages(openapi)
}
