/** Tables behind the walls that do not speak of one entry, and where their walls are tried. */
export const triedElsewhere: Readonly<Record<string, string>> = {
  'core.person': 'src/modules/people/queries.server.test.ts',
  'core.role_grant': 'src/modules/people/commands.server.test.ts',
  'core.campaign': 'src/modules/initiatives/asking/commands/campaign.server.test.ts',
  'core.desk_filter': 'src/modules/initiatives/verifying/commands/filters.server.test.ts',
  'core.selection': 'src/modules/initiatives/verifying/selections/commands.server.test.ts',
  'core.selection_entry': 'src/modules/initiatives/verifying/selections/commands.server.test.ts',
  'core.looking': 'the operator’s alone: src/modules/initiatives/relations',
  'vault.draft': 'src/modules/initiatives/keeping/drafts/commands.server.test.ts',
  'core.bringing': 'src/modules/initiatives/bringing/commands.server.test.ts',
  'vault.brought_file': 'src/modules/initiatives/bringing/commands.server.test.ts',
  'core.likeness': 'src/modules/initiatives/duplicates/commands.server.test.ts',
  'core.merger': 'src/modules/initiatives/duplicates/merging/commands/merge.server.test.ts',
  'vault.merger_memory': 'src/modules/initiatives/duplicates/merging/commands/merge.server.test.ts',
  'vault.follower': 'src/modules/initiatives/following/commands.server.test.ts',
  'vault.following': 'src/modules/initiatives/following/commands.server.test.ts',
  'vault.follower_word': 'src/modules/initiatives/following/commands.server.test.ts',
  'core.rendering_remark': 'src/modules/stories/renderings/commands.server.test.ts',
  'core.grant_look': 'src/modules/people/commands/grants.server.test.ts',
  'vault.card': 'src/modules/people/cards',
  'core.consent_item': 'src/modules/stories/opening/consent.test.ts',
  'core.receipt': 'src/modules/stories/opening/consent.test.ts',
  'core.tombstone': 'src/modules/stories/opening/tombstones.test.ts',
  'core.moment_fact': 'src/modules/stories/moments/commands.server.test.ts',
  'core.story': 'src/modules/stories/gathering/commands.server.test.ts',
  'core.story_initiative': 'src/modules/stories/gathering/commands.server.test.ts',
  'core.story_telling': 'src/modules/stories/gathering/commands.server.test.ts',
  'core.story_card': 'src/modules/publications/sheets',
  'core.edition_piece': 'src/modules/publications/releasing/manifest.test.ts',
  'vault.letter': 'src/platform/mail/send.server.test.ts',
  'core.codebook': 'src/modules/stories/coding',
  'core.codebook_coder': 'src/modules/stories/coding',
  'core.code': 'src/modules/stories/coding',
  'core.coded_passage': 'src/modules/stories/coding',
  'core.memo': 'src/modules/stories/coding',
  'core.coding_export': 'src/modules/stories/coding',
  'core.coding_export_telling': 'src/modules/stories/coding',
  'core.told_count': 'src/modules/insights/hiding/jobs.server.test.ts',
  ...Object.fromEntries(
    `core.publication core.publication_person core.publication_invitation core.article core.piece core.piece_rendering core.paragraph core.draw core.paragraph_version core.paragraph_wording core.margin core.own_word core.told_back core.picture core.figure core.record core.edition core.edition_article core.edition_paragraph core.edition_draw core.manifest_line core.erratum core.edition_file`
      .split(' ')
      .map((table) => [table, 'src/modules/publications/walls.test.ts']),
  ),
  ...Object.fromEntries(
    `core.table_absence core.connection_ask core.table_word core.word_signature`
      .split(' ')
      .map((table) => [table, 'src/modules/tables/connecting/walls.test.ts']),
  ),
  ...Object.fromEntries(
    `core.word core.word_version core.word_dispute core.word_adoption core.word_proposal`
      .split(' ')
      .map((table) => [table, 'src/modules/languages/words/walls.test.ts']),
  ),
  ...Object.fromEntries(
    `core.agenda core.promise core.promise_maker core.promise_statement core.promise_voice core.carrier core.promise_carrier core.source_carrier
    core.promise_check_in core.promise_news core.promise_help vault.carrier_address vault.helper_address vault.promise_word`
      .split(/\s+/)
      .map((table) => [table, 'src/modules/agendas/walls.test.ts']),
  ),
  ...Object.fromEntries(
    `core.consultation core.consultation_client vault.client_word core.consultation_expert core.consultation_meeting core.consultation_assignment
    core.advice core.advice_point core.advice_voice core.advice_dissent core.advice_word core.advice_answer core.advice_judgement
    core.advice_follow_up core.advice_news`
      .split(/\s+/)
      .map((table) => [table, 'src/modules/pools/consulting/walls.test.ts']),
  ),
  ...Object.fromEntries(
    ['core.circle', 'core.kept_notes', 'core.reflection', 'core.self_view', 'core.self_view_need'].map(
      (table) => [table, 'src/modules/learning/intervision/walls.test.ts'],
    ),
  ),
  ...Object.fromEntries(
    `core.dilemma core.dilemma_position core.dilemma_link core.work core.insight_question core.insight_card core.insight_author core.insight_work
    core.trajectory core.trajectory_question core.trajectory_gathering core.trajectory_reading core.trajectory_change core.learner core.learning_note`
      .split(/\s+/)
      .map((table) => [table, 'src/modules/learning/walls.test.ts']),
  ),
  ...Object.fromEntries(
    `core.collaboration_table core.table_keeper core.seat core.seat_news core.table_meeting core.meeting_seat core.table_decision core.decision_seat
    core.decision_dissent core.stance`
      .split(/\s+/)
      .map((table) => [table, 'src/modules/tables/walls.test.ts']),
  ),
  ...Object.fromEntries(
    'core.pool core.pool_keeper core.pool_expert core.expert_told core.pool_call core.pool_invitation core.pool_held'
      .split(' ')
      .map((table) => [table, 'src/modules/pools/walls.test.ts']),
  ),
  'core.migration': 'the owner’s alone: no other role has a right on it',
};
