import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { changeStatus } from './change-status.ts'
import { deleteRecord } from './delete-record.ts'
import { getRecord } from './get-record.ts'
import { listRecords } from './list-records.ts'
import { portalLink } from './portal-link.ts'
import { putRecord } from './put-record.ts'
import { rotateSecret } from './rotate-secret.ts'

/** For each kind: list columns after ID and version, and commands that only this kind has. */
const kinds: { [kind in RecordKind]: { noun: string; columns: readonly string[]; more?: readonly Command[] } } = {
  schools: { noun: 'school', columns: ['name', 'status', 'timeZone'], more: [portalLink] },
  programs: { noun: 'program', columns: ['name', 'schoolId', 'level', 'modality'] },
  campaigns: {
    noun: 'campaign',
    columns: ['schoolId', 'status', 'schoolStatus', 'priceCents', 'priority', 'sharing'],
    more: [changeStatus('pause', 'paused'), changeStatus('resume', 'active'), rotateSecret],
  },
  sources: { noun: 'source', columns: ['name', 'mode', 'key'] },
  careers: { noun: 'career', columns: ['title'] },
}

export const recordCommands = (['schools', 'programs', 'campaigns', 'sources', 'careers'] as const).map((kind) => {
  const { noun, columns, more = [] } = kinds[kind]
  const command = new Command(kind)
    .description(`List, read, write and delete ${kind}.`)
    .addCommand(listRecords(kind, columns))
    .addCommand(getRecord(kind, noun))
    .addCommand(putRecord(kind, noun))
    .addCommand(deleteRecord(kind, noun))
  for (const extraCommand of more) command.addCommand(extraCommand)
  return command
})
