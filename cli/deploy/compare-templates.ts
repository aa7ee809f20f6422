import { isDeepStrictEqual } from 'node:util'
import { replacingProperties, statefulTypes } from './replacing-properties.ts'
import type { StackTemplate } from './stack-template.ts'

export type ResourceChange = {
  id: string
  type: string
  /** `replaced`: CloudFormation makes a new one and deletes the old one. */
  kind: 'added' | 'removed' | 'replaced' | 'changed'
  /** The properties that differ. */
  properties: string[]
}

/** What a deployment does to each resource of a stack that does not stay as it is. */
export function compareTemplates(before: StackTemplate, after: StackTemplate): ResourceChange[] {
  const changes = new Map<string, ResourceChange>()
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)])
  for (const id of ids) {
    const change = compareResource(id, before, after)
    if (change) changes.set(id, change)
  }
  // A resource that is made of the name of a replaced one changes too, although its text does not.
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const [id, resource] of Object.entries(after.Resources)) {
      if (changes.get(id)?.kind === 'replaced' || !before.Resources[id]) continue
      const isAffected = (replacingProperties[resource.Type] ?? []).some((property) =>
        listReferences(resource.Properties[property]).some((other) => changes.get(other)?.kind === 'replaced'),
      )
      if (!isAffected) continue
      changes.set(id, { id, type: resource.Type, kind: 'replaced', properties: [] })
      hasChanged = true
    }
  }
  return [...changes.values()]
}

/** Why these changes must not be deployed: what cannot be made again would be lost. */
export function findDataLosses(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ id, type, kind, properties }) => {
    const stateful = statefulTypes[type]
    if (!stateful) return []
    const { what, losingProperties } = stateful
    if (kind === 'removed') return [`${what} ${id} would be deleted, or left without a stack.`]
    if (kind === 'replaced')
      return [`${what} ${id} would be replaced by an empty one (${properties.join(', ')} differs).`]
    const lost = properties.filter((property) => losingProperties.includes(property))
    return lost.length > 0 ? [`${what} ${id} would lose its content (${lost.join(', ')} differs).`] : []
  })
}

function compareResource(id: string, before: StackTemplate, after: StackTemplate): ResourceChange | undefined {
  const [from, to] = [before.Resources[id], after.Resources[id]]
  if (!from) return to && { id, type: to.Type, kind: 'added', properties: [] }
  if (!to) return { id, type: from.Type, kind: 'removed', properties: [] }
  // CloudFormation refuses another type under the same name, so it counts as a loss.
  if (from.Type !== to.Type) return { id, type: from.Type, kind: 'replaced', properties: ['Type'] }
  const names = new Set([...Object.keys(from.Properties), ...Object.keys(to.Properties)])
  const properties = [...names].filter((name) => !isDeepStrictEqual(from.Properties[name], to.Properties[name]))
  const isReplaced = properties.some((name) => replacingProperties[from.Type]?.includes(name))
  if (properties.length > 0) return { id, type: from.Type, kind: isReplaced ? 'replaced' : 'changed', properties }
  return undefined
}

/** The ids that a value refers to. */
function listReferences(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, content]) => {
    if (name === 'Ref') return [String(content)]
    if (name === 'Fn::GetAtt') return [Array.isArray(content) ? String(content[0]) : String(content)]
    return listReferences(content)
  })
}
