import { type PartState, type PlannedPart, userArguments } from './apply-host-plan.ts'
import { hidePasswords } from './hide-passwords.ts'
import type { MachineSettings } from './host-settings.ts'
import {
  caddyFile,
  dataFolder,
  environmentFile,
  type HostPart,
  nginxFile,
  type ProgramPaths,
  serviceUser,
  unitFile,
} from './plan-host.ts'
import { challengeFolder } from './render-proxy.ts'

const labels: { [state in PartState]: string } = {
  create: 'create',
  change: 'change',
  exists: 'exists',
  kept: 'differs, stays',
  foreign: 'of another user',
}

/** One line per part and, for a file that is written, its text without passwords. */
export function describePlan(planned: readonly PlannedPart[], root: string): string {
  return planned.map(({ part, state }) => describePart(part, state, root)).join('\n')
}

function describePart(part: HostPart, state: PartState, root: string): string {
  const isShown = state === 'create' || state === 'change' || state === 'kept'
  const line = `${labels[state].padEnd(14)}  ${part.kind.padEnd(6)}  ${formatPlace(part, root)}`
  if (!isShown || part.kind === 'user' || part.kind === 'folder') return line
  const text = part.kind === 'line' ? `${part.line}\n` : hidePasswords(part.text)
  return `${line}${state === 'kept' ? ', in place of:' : ''}\n${text.trimEnd().replaceAll(/^/gm, '    | ')}`
}

function formatPlace(part: HostPart, root: string): string {
  if (part.kind === 'user') return part.name
  const path = `${root === '/' ? '' : root}${part.path}`
  return part.kind === 'line' ? path : `${path} (${part.mode.toString(8)})`
}

/** What to run afterwards, in this order. */
export function listNextSteps(
  { publicUrl, proxy, port, backupDir }: MachineSettings,
  { root, planned, program }: { root: string; planned: readonly PlannedPart[]; program: ProgramPaths },
): string[] {
  const ops = `${program.node} ${program.checkout}/cli/ops.ts`
  const isChanged = planned.some(
    ({ part, state }) => state === 'change' && 'path' in part && [unitFile, environmentFile].includes(part.path),
  )
  const { hostname } = new URL(publicUrl)
  const certificate = `certbot certonly --webroot --webroot-path ${challengeFolder} --domain ${hostname} --deploy-hook "systemctl reload nginx"`
  const proxySteps = {
    caddy: ['systemctl reload caddy'],
    nginx: [certificate, 'nginx -t && systemctl reload nginx'],
    none: [`# Point your proxy at 127.0.0.1:${port}. It must append the visitor's address to X-Forwarded-For.`],
  }[proxy]
  return [
    ...(root === '/' ? [] : listOwnerSteps(backupDir)),
    `systemctl daemon-reload && systemctl ${isChanged ? 'restart' : 'enable --now'} prospectus`,
    ...(proxySteps ?? []),
    `runuser -u ${serviceUser} -- ${ops} keys first --data-dir ${dataFolder}`,
    `PROSPECTUS_KEY=ok_... PUBLIC_URL=${publicUrl} ${ops} --url http://127.0.0.1:${port} records first`,
  ]
}

/** What only the machine itself can do, because users are known there. */
function listOwnerSteps(backupDir: string): string[] {
  return [
    `useradd ${userArguments({ name: serviceUser, home: dataFolder }).join(' ')}`,
    `chown ${serviceUser}:${serviceUser} ${dataFolder} ${backupDir}`,
  ]
}

/** What takes back what this run has made. Data, backups and the settings that were there before stay. */
export function listUndoSteps(planned: readonly PlannedPart[], root: string): string[] {
  if (root !== '/') return []
  const created = planned.filter(({ state }) => state === 'create').map(({ part }) => part)
  const files = created.flatMap((part) => (part.kind === 'file' ? [part.path] : []))
  const line = planned.flatMap(({ part, state }) => (part.kind === 'line' && state !== 'exists' ? [part] : []))
  return [
    ...(files.includes(unitFile) ? ['systemctl disable --now prospectus'] : []),
    ...(files.length > 0 ? [`rm ${files.join(' ')}`] : []),
    ...line.map(({ path, line: text }) => `sed -i '/^${text}$/d' ${path}`),
    ...(files.includes(unitFile) ? ['systemctl daemon-reload'] : []),
    ...(files.includes(caddyFile) ? ['systemctl reload caddy'] : []),
    ...(files.includes(nginxFile) ? ['systemctl reload nginx'] : []),
    ...created.flatMap((part) => (part.kind === 'user' ? [`userdel ${part.name}`] : [])),
  ]
}
