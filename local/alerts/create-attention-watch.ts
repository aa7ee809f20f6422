import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type AttentionItem, attentionItem } from '#shared/domain/reporting/attention.ts'
import type { Log } from '#shared/platform/log.ts'
import type { ScheduledTask } from '../workers/start-scheduled-tasks.ts'
import { type AttentionSources, attentionFinders, type ChannelFault, minChannelFaults } from './find-attention.ts'

/** Items that have begun and ended since the last message to a channel. */
export type Alert = { raised: readonly AttentionItem[]; cleared: readonly AttentionItem[] }
/** Returns why it was not sent; undefined if it was. The name is stored, to send each item once by each channel. */
export type AlertChannel = { name: string; send: (alert: Alert, now: Date) => Promise<string | undefined> }
type Setup = Omit<AttentionSources, 'channelFaults'> & { channels: readonly AlertChannel[]; log: Log }

const everySeconds = 60
/** Which items exist, and by which channels each was sent. */
const alertsFile = 'alerts.json'
const storedItem = z.object({ ...attentionItem.shape, sentBy: z.array(z.string()) })
type StoredItem = z.output<typeof storedItem>

/**
 * Looks once a minute what needs attention. Each item is sent once by each channel until it has ended, also if the host
 * starts again; a channel that fails gets it with the next run, and its failure is an item for the others.
 */
export function createAttentionWatch({ channels, log, ...settings }: Setup) {
  const file = join(settings.dataDir, alertsFile)
  const { now } = settings.deps
  let current = readStoredItems(file)
  /** By channel: items that have ended since, while it failed. */
  const unsentEnds = new Map<string, readonly StoredItem[]>()
  const channelFaults = readChannelFaults(current, channels)
  const sources = { ...settings, channelFaults }

  async function run(): Promise<void> {
    const found = await findItems(current, sources, log)
    const cleared = current.filter((item) => !found.some((one) => isSameItem(one, item)))
    for (const { code, subject = '' } of cleared) log('attention.cleared', { code, subject })
    for (const { code, subject = '', reason } of found.filter((one) => !current.some((item) => isSameItem(one, item))))
      log('attention.raised', { code, subject, reason })
    for (const { name, send } of channels) {
      // A channel that sends again has no failure of its own to tell.
      const raised = found.filter((item) => !item.sentBy.includes(name) && !isFaultOf(name, item))
      const ended = [...(unsentEnds.get(name) ?? []), ...cleared.filter(({ sentBy }) => sentBy.includes(name))]
      if (raised.length + ended.length === 0) continue
      const fault = await send({ raised: raised.map(toItem), cleared: ended.map(toItem) }, now())
      unsentEnds.set(name, fault === undefined ? [] : ended)
      if (fault === undefined) for (const item of raised) item.sentBy.push(name)
      noteResult(name, fault)
    }
    current = found
    writeStoredItems(file, current)
  }

  /** It is tried each minute, so only a change is logged. */
  function noteResult(channel: string, fault: string | undefined): void {
    const earlier = channelFaults.get(channel)
    if (fault === undefined) {
      if (channelFaults.delete(channel)) log('alert.recovered', { channel })
    } else {
      channelFaults.set(channel, { reason: fault, times: (earlier?.times ?? 0) + 1 })
      if (fault !== earlier?.reason) log('alert.failed', { channel, reason: fault })
    }
  }

  return {
    task: { everySeconds, run } satisfies ScheduledTask,
    /** What the last run found. */
    list: (): AttentionItem[] => current.map(toItem),
  }
}

/** Without what only the watch needs. */
function toItem({ sentBy: _, ...item }: StoredItem): AttentionItem {
  return item
}

function isFaultOf(channel: string, { code, subject }: AttentionItem): boolean {
  return code === 'alert-failing' && subject === channel
}

/** The failures that were found before this start; a channel that is no longer set has none. */
function readChannelFaults(items: readonly StoredItem[], channels: readonly AlertChannel[]): Map<string, ChannelFault> {
  const faults = new Map<string, ChannelFault>()
  for (const { name } of channels) {
    const item = items.find((one) => isFaultOf(name, one))
    if (item) faults.set(name, { reason: item.reason, times: minChannelFaults })
  }
  return faults
}

async function findItems(previous: readonly StoredItem[], sources: AttentionSources, log: Log): Promise<StoredItem[]> {
  const at = sources.deps.now().toISOString()
  const items: StoredItem[] = []
  for (const { codes, find } of attentionFinders)
    try {
      for (const { since, ...finding } of await find(sources)) {
        const previousItem = previous.find((item) => isSameItem(item, finding))
        items.push({ ...finding, since: since ?? previousItem?.since ?? at, sentBy: previousItem?.sentBy ?? [] })
      }
    } catch (error) {
      // What could not be looked at is as it was, and the others are still looked at.
      log('attention.failed', { codes, error: error instanceof Error ? error.message : String(error) })
      items.push(...previous.filter(({ code }) => codes.includes(code)))
    }
  return items
}

function isSameItem(one: Pick<AttentionItem, 'code' | 'subject'>, other: Pick<AttentionItem, 'code' | 'subject'>) {
  return one.code === other.code && one.subject === other.subject
}

function readStoredItems(file: string): StoredItem[] {
  if (!existsSync(file)) return []
  // Of another version: then alerts are sent again.
  return z.array(storedItem).safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? []
}

function writeStoredItems(file: string, items: readonly StoredItem[]): void {
  writeFileSync(`${file}.draft`, JSON.stringify(items), { mode: 0o600 })
  renameSync(`${file}.draft`, file)
}
