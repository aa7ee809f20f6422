import { expect, it } from 'vitest'
import { addressBlock, networkBlock } from '#shared/domain/capture/address-block.ts'

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
])('%s stands for the block %s', (ip, block) => {
  expect(addressBlock(ip)).toBe(block)
})

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['198.51.100.7', undefined],
  ['::ffff:c633:6407', undefined],
])('%s is in the network %s', (ip, network) => {
  expect(networkBlock(ip)).toBe(network)
})
