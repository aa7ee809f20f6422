/** Fills both parts of an e-mail. Whatever is put into markup is escaped, and a name that a template lacks is a fault. */
export async function renderEmail(
  templates: { html: string; text: string },
  view: object,
): Promise<{ html: string; text: string }> {
  const { Liquid } = await import('liquidjs')
  const strict = { strictVariables: true, strictFilters: true }
  const [html, text]: unknown[] = await Promise.all([
    new Liquid({ ...strict, outputEscape: 'escape' }).parseAndRender(templates.html, view),
    new Liquid(strict).parseAndRender(templates.text, view),
  ])
  return { html: String(html), text: String(text) }
}
