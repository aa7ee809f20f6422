import type { SuppressionScope } from '#shared/domain/aftercare/suppression.ts'
import type { Names } from '../catalog/names.tsx'
import { scopeText } from '../text/privacy-text.ts'

/** To which schools a suppression or a withdrawal applies. */
export function formatScope(scope: SuppressionScope, names: { schools: Names; sources: Names }): string {
  switch (scope.kind) {
    case 'all-schools':
      return scopeText.allSchools
    case 'school':
      return names.schools.get(scope.schoolId) ?? scope.schoolId
    case 'source':
      return scopeText.source(names.sources.get(scope.sourceId) ?? scope.sourceId)
  }
}
