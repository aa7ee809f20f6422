import type { SuppressionScope } from '#shared/domain/aftercare/suppression.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { requireReferences } from '../../catalog/require-references.ts'

/**
 * Returns the scope with the generation of its school or source: that of the current record, unless the request names an
 * earlier one. @throws Refusal if there is no such school or source
 */
export async function resolveScope(
  scope: SuppressionScope,
  deps: Pick<Dependencies, 'records'>,
): Promise<SuppressionScope> {
  if (scope.kind === 'all-schools' || scope.generation !== undefined) return scope
  const [record] = await requireReferences(
    scope.kind === 'school'
      ? [{ pointer: '/scope/schoolId', kind: 'schools', id: scope.schoolId }]
      : [{ pointer: '/scope/sourceId', kind: 'sources', id: scope.sourceId }],
    deps,
  )
  return { ...scope, ...(record?.generation && { generation: record.generation }) }
}
