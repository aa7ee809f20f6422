import type { LeadCreated } from '#shared/domain/delivery/lead-created.ts'
import { toOneLine } from '../../format/to-one-line.ts'
import { createShapeTemplates, toTemplateView } from '../shape/create-shape-templates.ts'
import { renderTemplate } from '../shape/render-template.ts'

/**
 * Returns a school's own template filled with a lead, line by line. A value cannot start a line of its own. @throws if the
 * template cannot be rendered; the error has no personal data.
 */
export async function renderOwnText(template: string, event: LeadCreated): Promise<string[]> {
  const templates = await createShapeTemplates(undefined, 'sending')
  const view = toTemplateView({ ...event, data: keepLines(event.data) })
  const value = await renderTemplate(template, view, templates)
  const lines = (Array.isArray(value) ? value.join(', ') : String(value ?? '')).split('\n')
  return lines.map(toOneLine).filter((line) => line !== '')
}

/** Every text of the data on one line. */
function keepLines<Data>(data: Data): Data {
  return JSON.parse(JSON.stringify(data), (_name, value: unknown) =>
    typeof value === 'string' ? toOneLine(value) : value,
  )
}
