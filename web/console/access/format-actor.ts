import type { Actor } from '#shared/domain/access/actor.ts'
import type { Names } from '../catalog/names.tsx'
import { actorText } from '../text/audit-text.ts'

/** The person, school, publisher or part of the system that made a change, as staff read it. */
export function formatActor(actor: Actor, names: { schools?: Names; sources?: Names } = {}): string {
  switch (actor.kind) {
    case 'staff':
      return formatKeyName(actor)
    case 'school':
      return actorText.withOwner(names.schools?.get(actor.schoolId) ?? actor.schoolId, formatKeyName(actor))
    case 'publisher':
      return actorText.withOwner(names.sources?.get(actor.sourceId) ?? actor.sourceId, formatKeyName(actor))
    case 'visitor':
      return actorText.visitor
    case 'system':
      return actorText.system(actor.name)
  }
}

function formatKeyName({ name, keyId }: { name?: string | undefined; keyId: string }): string {
  return name ?? (keyId === 'unknown' ? actorText.unknownKey : keyId)
}
