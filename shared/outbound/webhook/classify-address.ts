import { BlockList, isIP } from 'node:net'

/**
 * Whether an IP address is one that anybody on the internet may hold. `special` is whatever the IANA special-purpose
 * registries (IPv4 and IPv6, read 2026-11) keep for something else, and whatever is not an address at all.
 */
export function classifyAddress(address: string): 'public' | 'loopback' | 'special' {
  const version = isIP(address)
  if (version === 0) return 'special'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  // An IPv4 address in IPv6's clothes, ::ffff:a.b.c.d, is held against the IPv4 ranges by BlockList itself.
  if (loopbackRanges.check(address, family)) return 'loopback'
  if (specialRanges.check(address, family)) return 'special'
  return version === 4 || assignedRanges.check(address, family) ? 'public' : 'special'
}

const loopbackRanges = createBlockList(['127.0.0.0/8', '::1/128'])

const specialRanges = createBlockList([
  '0.0.0.0/8', // this network; on Linux another way to say loopback
  '10.0.0.0/8', // private
  '100.64.0.0/10', // shared between a carrier and its customers
  '168.63.129.16/32', // not in the registry: the host's own service on Azure
  '169.254.0.0/16', // link-local, and every cloud's metadata service
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // automatic multicast tunnelling
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
  '2001::/23', // protocol assignments: Teredo, benchmarking, ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4, which holds an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
])

/** All that is given out for use on the internet: global unicast, and IPv4 addresses written as IPv6. */
const assignedRanges = createBlockList(['2000::/3', '::ffff:0:0/96'])

function createBlockList(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [network = '', bits] = block.split('/')
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
