import { spawnSync } from 'node:child_process'

/** Programs that only some tests run, with the Debian package of each. */
export const optionalPrograms = {
  'systemd-analyze': 'systemd',
  nginx: 'nginx-light',
  caddy: 'caddy',
  openssl: 'openssl',
  script: 'bsdutils',
} as const

/** Why a suite that runs these programs cannot run on this machine, for `describeUnless`; empty if all are installed. */
export function findMissingPrograms(...names: (keyof typeof optionalPrograms)[]): string {
  const missingNames = names.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
  const packages = missingNames.map((name) => optionalPrograms[name])
  return missingNames.length > 0 ? `no ${missingNames.join(', ')} found; install ${packages.join(' ')}` : ''
}
