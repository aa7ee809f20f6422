import * as z from 'zod'
import { cleanToken } from './clean-text.ts'

/** An IP address without the port, brackets, quotes and zone that proxies and servers write beside it. Undefined if it is none. */
export function normalizeIp(value: string): string | undefined {
  const [first = ''] = cleanToken(value).split(',')
  const spelled = first
    .trim()
    .replace(/^for=/i, '')
    .replace(/^"(.*)"$/, '$1')
  const address = (/^\[([^\]]*)\](?::\d+)?$/.exec(spelled)?.[1] ?? spelled.replace(/^([\d.]+):\d+$/, '$1')).replace(
    /%.*$/,
    '',
  )
  return ipAddress.safeParse(address).success ? address.toLowerCase() : undefined
}

const ipAddress = z.union([z.ipv4(), z.ipv6()])
