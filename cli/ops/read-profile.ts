import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import * as z from 'zod'
import { stop } from './stop.ts'

const profileSchema = z.strictObject({
  url: z.url().optional(),
  outputs: z.string().optional(),
  key: z.string().optional(),
})
const profilesSchema = z.record(z.string(), profileSchema)
// As `cdk deploy --outputs-file` writes it: by stack, by output.
const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()))

export const profilesHelp = `
Profiles stand in ~/.config/prospectus/profiles.json (or the file that PROSPECTUS_PROFILES names), which nobody else may read:
  {"prod": {"url": "https://...", "key": "ok_..."}, "dev": {"outputs": "cdk-outputs.json", "key": "ok_..."}}
"outputs" is what "npm run deploy -- --outputs-file cdk-outputs.json" wrote, beside this file or by its full path.`

/** Where a deployed stack is, and the staff key for it. Neither is ever printed. */
export function readProfile(name: string): { url: string; key?: string | undefined } {
  const file = process.env.PROSPECTUS_PROFILES ?? join(configFolder(), 'prospectus', 'profiles.json')
  const storedProfiles = readJsonFile(profilesSchema, file, '--profile')
  if ((statSync(file).mode & 0o077) !== 0)
    stop({ title: `Others may read ${file}, and keys stand in it: chmod 600 it.`, ends: 'usage' })
  const entry = storedProfiles[name]
  if (!entry)
    stop({
      title: `${file} has no profile "${name}". It has: ${Object.keys(storedProfiles).join(', ')}.`,
      ends: 'usage',
    })
  const url = entry.url ?? (entry.outputs && readStackUrl(resolve(dirname(file), entry.outputs)))
  if (!url) stop({ title: `The profile "${name}" says neither "url" nor "outputs".`, ends: 'usage' })
  return { url, key: entry.key }
}

/** The edge is the only way in where there is one. */
function readStackUrl(file: string): string {
  const stacks = Object.values(readJsonFile(outputsSchema, file, 'outputs'))
  const url = stacks.find(({ Url }) => Url)?.Url ?? stacks.find(({ ApiUrl }) => ApiUrl)?.ApiUrl
  return url ?? stop({ title: `${file} has neither an output Url nor ApiUrl.`, ends: 'usage' })
}

// Nothing of the content is repeated: keys stand in it.
function readJsonFile<Schema extends z.ZodType>(schema: Schema, file: string, label: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return stop({ title: `${label}: ${file} is not there, or not what --help says it holds.`, ends: 'usage' })
  }
}

function configFolder(): string {
  return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
}
