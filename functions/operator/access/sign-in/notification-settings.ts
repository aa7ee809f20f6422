import { invalidFields, Refusal } from '#shared/contract/problems.ts'
import { changeNotificationSettings, readNotificationSettings } from '#shared/contract/reporting/notifications.ts'
import type { Reply } from '#shared/contract/route.ts'
import { toActor } from '#shared/domain/access/actor.ts'
import {
  findTiming,
  listAvailableEvents,
  type NotificationChoices,
} from '#shared/domain/reporting/notifications/notification.ts'
import { defineHandler, type Request } from '#shared/http/api.ts'
import type { PersonPrincipal } from '#shared/http/authorize-session.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

type PeopleDependencies = Pick<Dependencies, 'people'>

/** Returns the events that the person can be told of, and when they are. */
export async function readOwnSettings(
  { principal }: Request<typeof readNotificationSettings>,
  { people }: PeopleDependencies,
): Promise<Reply<typeof readNotificationSettings>> {
  const row = await people.find(principal.person.personId)
  return { status: 200, body: toSettings(principal, row?.notifications) }
}

/** Replaces the choices of the person. Sessions go on. */
export async function changeOwnSettings(
  { principal, body: { choices } }: Request<typeof changeNotificationSettings>,
  deps: PeopleDependencies & AuditChangeDependencies,
): Promise<Reply<typeof changeNotificationSettings>> {
  const { personId } = principal.person
  const events: readonly string[] = listAvailableEvents(principal.holder)
  const unknown = Object.keys(choices).find((event) => !events.includes(event))
  if (unknown !== undefined)
    throw invalidFields([
      { pointer: `/choices/${unknown}`, code: 'invalid_value', detail: `must be one of ${events.join(', ')}` },
    ])
  const outcome = await deps.people.change(personId, (row) => ({
    row: { ...row, notifications: choices },
    also: [
      auditChange(
        {
          actor: toActor(principal),
          action: 'access.changed',
          record: { kind: 'people', id: personId },
          before: { notifications: row.notifications ?? {} },
          after: { notifications: choices },
        },
        deps,
      ),
    ],
  }))
  if (!('row' in outcome)) throw new Refusal('NOT_FOUND', 'Person not found.')
  return { status: 200, body: toSettings(principal, choices) }
}

function toSettings({ holder, person: { role } }: PersonPrincipal, choices: NotificationChoices | undefined) {
  const events = listAvailableEvents(holder).map((event) => ({
    event,
    timing: findTiming(event, { holder, role }, choices),
    default: findTiming(event, { holder, role }),
  }))
  return { events }
}

export const notificationSettings = {
  readNotificationSettings: defineHandler(readNotificationSettings, readOwnSettings),
  changeNotificationSettings: defineHandler(changeNotificationSettings, changeOwnSettings),
}
