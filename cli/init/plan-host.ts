import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EnvironmentValues, formatEnvironment, type MachineSettings, toEnvironment } from './host-settings.ts'
import { renderCaddyfile, renderNginxSite } from './render-proxy.ts'

export const serviceUser = 'prospectus'
export const dataFolder = '/var/lib/prospectus'
export const environmentFile = '/etc/prospectus.env'
export const unitFile = '/etc/systemd/system/prospectus.service'
export const caddyFile = '/etc/caddy/prospectus.caddy'
export const nginxFile = '/etc/nginx/conf.d/prospectus.conf'

/** One thing that the machine has afterwards. Paths are those on the machine, below its root folder. */
export type HostPart =
  | { kind: 'user'; name: string; home: string }
  | { kind: 'folder'; path: string; mode: number }
  /** `unedited`: the text that an earlier run has written, which may be replaced. */
  | {
      kind: 'file'
      path: string
      mode: number
      text: string
      ifChanged: 'replace' | 'keep'
      unedited?: string | undefined
    }
  /** A line in a file of another program. */
  | { kind: 'line'; path: string; line: string }
/** Where the program and its Node are. */
export type ProgramPaths = { checkout: string; node: string }

/** Everything that a host needs on one machine, in the order in which it is made. */
export function planHost(settings: MachineSettings, current: EnvironmentValues, program: ProgramPaths): HostPart[] {
  return [
    { kind: 'user', name: serviceUser, home: dataFolder },
    ...[dataFolder, settings.backupDir].map((path) => ({ kind: 'folder', path, mode: 0o700 }) as const),
    { kind: 'file', path: unitFile, mode: 0o644, text: renderUnit(settings, program), ifChanged: 'replace' },
    ...planProxy(settings, current),
    // Last, because it says what an interrupted run has not written yet.
    {
      kind: 'file',
      path: environmentFile,
      mode: 0o600,
      text: formatEnvironment(toEnvironment(settings, current)),
      ifChanged: 'replace',
    },
  ]
}

// Programs such as certbot edit these files, so a file that has been changed stays.
function planProxy(settings: MachineSettings, { PUBLIC_URL: publicUrl, PORT: port }: EnvironmentValues): HostPart[] {
  const earlier = publicUrl !== undefined && port !== undefined ? { publicUrl, port } : undefined
  const file = { kind: 'file', mode: 0o644, ifChanged: 'keep' } as const
  if (settings.proxy === 'nginx')
    return [
      { ...file, path: nginxFile, text: renderNginxSite(settings), unedited: earlier && renderNginxSite(earlier) },
    ]
  if (settings.proxy !== 'caddy') return []
  return [
    { ...file, path: caddyFile, text: renderCaddyfile(settings), unedited: earlier && renderCaddyfile(earlier) },
    { kind: 'line', path: '/etc/caddy/Caddyfile', line: 'import prospectus.caddy' },
  ]
}

/** The unit of the repository, with the paths of this machine. */
export function renderUnit(
  { backupDir }: Pick<MachineSettings, 'backupDir'>,
  { checkout, node }: ProgramPaths,
): string {
  const unit = readFileSync(join(import.meta.dirname, '../../local/systemd/prospectus.service'), 'utf8')
  return unit
    .replace('WorkingDirectory=/opt/prospectus', `WorkingDirectory=${checkout}`)
    .replace('ExecStart=/usr/bin/node', `ExecStart=${node}`)
    .replace('ProtectSystem=strict', `ProtectSystem=strict\nReadWritePaths=${backupDir}`)
}

/** Returns why the unit could not run the program from there. */
export function findPathFault({ checkout, node }: ProgramPaths): string | undefined {
  const hidden = { 'The project': checkout, Node: node }
  for (const [name, path] of Object.entries(hidden)) {
    if (/^\/(home|root|run\/user|tmp|var\/tmp)\//.test(`${path}/`))
      return `${name} is at ${path}, which a service cannot read. Move ${name === 'Node' ? 'it to /usr/bin or /opt' : 'it to /opt/prospectus'}, and run this there.`
    if (/[\s%"'\\]/.test(path)) return `${name} is at ${path}, a path that a systemd unit cannot name. Move it.`
  }
  return undefined
}
