type ManagedRuleGroup = {
  group: string
  /** The rules that block. They are listed so that each answers as the API does; AWS ignores a name that a group lacks. */
  blockingRules: readonly string[]
  countOnlyRules: readonly string[]
  /** Whether requests of staff are exempt. */
  skipsStaff?: true
}

const everywhere = ['QUERYARGUMENTS', 'URIPATH', 'BODY']

/** AWS's rule groups of the firewall, in order of evaluation. */
export const managedRuleGroups: readonly ManagedRuleGroup[] = [
  {
    group: 'AWSManagedRulesAmazonIpReputationList',
    blockingRules: ['AWSManagedIPReputationList', 'AWSManagedReconnaissanceList'],
    countOnlyRules: [],
  },
  {
    group: 'AWSManagedRulesKnownBadInputsRuleSet',
    blockingRules: [
      ...listRules('JavaDeserializationRCE', 'HEADER', 'BODY', 'URIPATH', 'QUERYSTRING'),
      ...listRules('Log4JRCE', 'HEADER', 'BODY', 'URIPATH', 'QUERYSTRING'),
      ...['Host_localhost_HEADER', 'PROPFIND_METHOD', 'ExploitablePaths_URIPATH'],
    ],
    countOnlyRules: [],
  },
  {
    group: 'AWSManagedRulesCommonRuleSet',
    blockingRules: [
      'UserAgent_BadBots_HEADER',
      ...listRules('SizeRestrictions', 'QUERYSTRING', 'Cookie_HEADER', 'URIPATH'),
      ...listRules('EC2MetaDataSSRF', ...everywhere, 'COOKIE'),
      ...listRules('GenericLFI', ...everywhere),
      ...listRules('GenericRFI', ...everywhere),
      ...listRules('RestrictedExtensions', 'URIPATH', 'QUERYARGUMENTS'),
      ...listRules('CrossSiteScripting', ...everywhere, 'COOKIE'),
    ],
    // The API limits body sizes itself, and publishers' servers need not send a user agent.
    countOnlyRules: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER'],
    skipsStaff: true,
  },
]

function listRules(rule: string, ...places: string[]): string[] {
  return places.map((place) => `${rule}_${place}`)
}
