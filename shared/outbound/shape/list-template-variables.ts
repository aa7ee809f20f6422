import { createShapeTemplates } from './create-shape-templates.ts'

/** Lists the variables of a template as paths; none if it cannot be parsed, which is a fault of its own. */
export async function listTemplateVariables(template: string): Promise<string[][]> {
  const { listVariables } = await createShapeTemplates(undefined, 'saving')
  try {
    return listVariables(template)
  } catch {
    return []
  }
}
