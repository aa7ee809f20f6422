import type { ShapeTemplates, TemplateView } from './create-shape-templates.ts'

/** Renders a template for a lead. @throws an error without personal data: Liquid's own errors may quote the lead. */
export async function renderTemplate(
  template: string,
  view: TemplateView,
  { render }: ShapeTemplates,
): Promise<unknown> {
  try {
    return await render(template, view)
  } catch {
    throw new Error(`This template cannot be rendered: ${template}`)
  }
}
