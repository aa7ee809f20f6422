import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { changeStatus } from './change-status.ts'
import { deleteRecord } from './delete-record.ts'
import { getRecord } from './get-record.ts'
import { listRecords } from './list-records.ts'
import { portalLink } from './portal-link.ts'
import { putRecord } from './put-record.ts'
import { rotateSecret } from './rotate-secret.ts'

/** What is told of a record in a list, beside its id and version, and what one kind alone can do. */
const kinds: { [kind in RecordKind]: { one: string; columns: readonly string[]; more?: readonly Command[] } } = {
  schools: { one: 'school', columns: ['name', 'status', 'timeZone'], more: [portalLink] },
  programs: { one: 'program', columns: ['name', 'schoolId', 'level', 'modality'] },
  campaigns: {
    one: 'campaign',
    columns: ['schoolId', 'status', 'priceCents', 'priority', 'sharing'],
    more: [changeStatus('pause', 'paused'), changeStatus('resume', 'active'), rotateSecret],
  },
  sources: { one: 'source', columns: ['name', 'mode', 'key'] },
  careers: { one: 'career', columns: ['title'] },
}

export const recordCommands = (['schools', 'programs', 'campaigns', 'sources', 'careers'] as const).map((kind) => {
  const { one, columns, more = [] } = kinds[kind]
  const command = new Command(kind)
    .description(`List, read, write and delete ${kind}.`)
    .addCommand(listRecords(kind, columns))
    .addCommand(getRecord(kind, one))
    .addCommand(putRecord(kind, one))
    .addCommand(deleteRecord(kind, one))
  for (const another of more) command.addCommand(another)
  return command
})
