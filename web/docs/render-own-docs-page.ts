import openapi from '../../openapi.json' with { type: 'json' }
import { renderDocsPage } from './render-docs-page.ts'

/** The API page of this version's `openapi.json`. */
export function renderOwnDocsPage() {
  return renderDocsPage(openapi)
}
