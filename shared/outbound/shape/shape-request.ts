import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { buildBody, contentTypes, fillFields, toLeaf, toText } from './build-body.ts'
import { createShapeTemplates, toTemplateView } from './create-shape-templates.ts'
import { renderTemplate } from './render-template.ts'

type StoredRequest = {
  /** Unsealed, by name. */
  headerSecrets: { [name: string]: string }
  /** The event as it was stored. */
  body: string
}
export type ShapedRequest = { method: 'POST' | 'PUT' | 'PATCH'; headers: { [name: string]: string }; body: string }

const maxHeaderLength = 1000

/**
 * Returns the request for one lead: the stored event unchanged, or in the school's own shape. The same event and shape
 * give the same bytes. @throws if a secret is missing or a template cannot be rendered; no error has personal data.
 */
export async function shapeRequest(
  event: LeadCreated,
  shape: RequestShape | undefined,
  storedRequest: StoredRequest,
): Promise<ShapedRequest> {
  if (!shape) return { method: 'POST', headers: { 'content-type': contentTypes.json }, body: storedRequest.body }
  const templates = await createShapeTemplates(shape.maps, 'sending')
  const view = toTemplateView(event)
  const fields = await fillFields(shape.fields, async (template) =>
    toLeaf(await renderTemplate(template, view, templates), shape),
  )
  const headers: ShapedRequest['headers'] = { 'content-type': contentTypes[shape.format] }
  for (const [name, value] of Object.entries(shape.headers ?? {})) {
    const text =
      typeof value === 'string'
        ? toHeaderText(toText(toLeaf(await renderTemplate(value, view, templates), { format: 'form' }) ?? null))
        : getHeaderSecret(value.secret, storedRequest)
    if (text !== '') headers[name.toLowerCase()] = text
  }
  const body = await buildBody(fields, shape)
  return { method: shape.method, headers, body }
}

/** Reduces a value to one line of printable ASCII; other characters become question marks. */
function toHeaderText(value: string): string {
  return toOneLine(value)
    .replace(/[^ -~]/gu, '?')
    .slice(0, maxHeaderLength)
    .trim()
}

function getHeaderSecret(name: string, { headerSecrets }: StoredRequest): string {
  const secret = Object.hasOwn(headerSecrets, name) ? headerSecrets[name] : undefined
  if (secret === undefined) throw new Error(`A header uses a secret that is not stored: ${name}`)
  return secret
}
