import { existsSync, readFileSync, statSync } from 'node:fs'
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
// The format of `cdk deploy --outputs-file`: outputs by stack.
const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()))

export const profilesHelp = `
Profiles are in ~/.config/prospectus/profiles.json (or the file in PROSPECTUS_PROFILES). Only you may have access to it (chmod 600):
  {"prod": {"url": "https://...", "key": "ok_..."}, "dev": {"outputs": "cdk-outputs.json", "key": "ok_..."}}
"outputs" is the file that "npm run deploy -- dev --outputs-file cdk-outputs.json" writes: a full path, or relative to the profiles file.`

/** Returns URL and staff key of a profile. Never prints them. Exits with code 2 if the profile cannot be used. */
export function readProfile(name: string): { url: string; key?: string | undefined } {
  const file = process.env.PROSPECTUS_PROFILES ?? join(configFolder(), 'prospectus', 'profiles.json')
  const storedProfiles = readJsonFile(profilesSchema, file, '--profile')
  if ((statSync(file).mode & 0o077) !== 0)
    stop({ title: `${file} contains keys, and other users can read it. Run: chmod 600 ${file}`, ends: 'usage' })
  const entry = storedProfiles[name]
  if (!entry)
    stop({
      title: `${file} has no profile "${name}". It has: ${Object.keys(storedProfiles).join(', ')}.`,
      ends: 'usage',
    })
  const url = entry.url ?? (entry.outputs && readStackUrl(resolve(dirname(file), entry.outputs)))
  if (!url) stop({ title: `The profile "${name}" has neither "url" nor "outputs".`, ends: 'usage' })
  return { url, key: entry.key }
}

/** Prefers the URL of the edge: with an edge, the API refuses direct requests. */
function readStackUrl(file: string): string {
  const stacks = Object.values(readJsonFile(outputsSchema, file, 'outputs'))
  const url = stacks.find(({ Url }) => Url)?.Url ?? stacks.find(({ ApiUrl }) => ApiUrl)?.ApiUrl
  return url ?? stop({ title: `${file} has no output Url or ApiUrl.`, ends: 'usage' })
}

// Messages do not quote the file, which contains keys.
function readJsonFile<Schema extends z.ZodType>(schema: Schema, file: string, label: string): z.output<Schema> {
  if (!existsSync(file)) return stop({ title: `${label}: ${file} does not exist.`, ends: 'usage' })
  const text = readText(file, label)
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return stop({ title: `${label}: ${file} does not have the format that --help describes.`, ends: 'usage' })
  }
}

function readText(file: string, label: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    return stop({ title: `${label}: ${file} cannot be read (${code}).`, ends: 'usage' })
  }
}

function configFolder(): string {
  return process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
}
