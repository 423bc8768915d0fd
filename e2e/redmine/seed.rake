# Migrates and fills a Redmine for the contract tests, in one boot of ruby. Called by ./up, on an empty database.
# The API keys are fixed and public: for a THROW-AWAY instance on loopback only.
load '/usr/share/redmine/Rakefile'

BOT = %i[view_issues add_issues edit_issues add_issue_notes manage_issue_relations view_issue_watchers add_issue_watchers].freeze

def role(name, permissions)
  Role.create!(name: name, permissions: permissions, issues_visibility: 'all', assignable: false)
end

def user(login, key)
  user = User.new(firstname: login, lastname: 'Test', mail: "#{login}@example.test", language: 'en', mail_notification: 'none')
  user.login = login
  user.password = user.password_confirmation = 'throw-away-password'
  user.save!
  api_key(user, key)
  user
end

# Token makes its own value when it is created, hence the update.
def api_key(user, digit)
  Token.create!(user: user, action: 'api').update_column(:value, digit * 40)
end

def project(identifier, name, trackers)
  project = Project.new(identifier: identifier, name: name, is_public: false, enabled_module_names: %w[issue_tracking files])
  project.trackers = trackers
  project.save!
  project
end

def custom_field(name, options = {})
  IssueCustomField.create!({ name: name, field_format: 'string', is_for_all: true, is_filter: true, visible: true,
                             trackers: Tracker.all.to_a }.merge(options))
end

def allow_every_transition(role, trackers)
  WorkflowTransition.where(role: role, tracker: trackers).delete_all
  statuses = IssueStatus.pluck(:id)
  trackers.each do |tracker|
    ([0] + statuses).product(statuses).reject { |from, to| from == to }.each do |from, to|
      WorkflowTransition.create!(tracker: tracker, role: role, old_status_id: from, new_status_id: to)
    end
  end
end

task quick: :environment do
  if ActiveRecord::Base.connection.adapter_name == 'SQLite'
    ActiveRecord::Base.connection.execute('PRAGMA synchronous=OFF')
    ActiveRecord::Base.connection.execute('PRAGMA journal_mode=MEMORY')
  end
  ActiveRecord::Migration.verbose = false
end

# The migrations ran in this very process, and the classes still believe in the tables they saw first. Without this,
# users are saved without their type (single table inheritance), and their API keys answer 401.
task migrated: [:quick, 'db:migrate'] do
  ActiveRecord::Base.connection.schema_cache.clear!
  ([ActiveRecord::Base] + ActiveRecord::Base.descendants).each do |model|
    model.instance_variable_set(:@finder_needs_type_condition, nil)
    model.reset_column_information unless model == ActiveRecord::Base || model.abstract_class?
  end
end

task seed_e2e: :migrated do
  Redmine::DefaultData::Loader.load('en')
  Setting.rest_api_enabled = 1
  Setting.text_formatting = 'common_mark'
  Setting.default_language = 'en'
  Setting.notified_events = []
  # What is so by itself up to 6.1.
  Setting.default_issue_start_date_to_creation_date = 1

  bug = Tracker.find_by!(name: 'Bug')
  alert = Tracker.create!(name: 'Alert', default_status: bug.default_status)
  alert.copy_workflow_rules(bug)

  bot_role = role('Alert bot', BOT + %i[manage_subtasks])
  no_workflow_role = role('Alert bot without workflow', BOT)
  notes_role = role('Alert bot with notes only', %i[view_issues add_issue_notes])
  developer = Role.find_by!(name: 'Developer')
  [bot_role, developer].each { |it| allow_every_transition(it, [bug, alert]) }

  fields = {
    monitor: custom_field('モニター名'),
    level: custom_field('アラートレベル', field_format: 'list', possible_values: %w[ok warning critical unknown]),
    host: custom_field('アラート対象ホスト名'),
    alert_id: custom_field('Mackerel alert id'),
    no_filter: custom_field('Not a filter', is_filter: false),
    short: custom_field('Short', max_length: 10),
    required: custom_field('Required', is_for_all: false, is_required: true)
  }

  both = [bug, alert]
  projects = {
    alert: project('alert', 'Alerts', both),
    closed: project('closed', 'Closed', both),
    archived: project('archived', 'Archived', both),
    not_a_member: project('not-a-member', 'Not a member', both),
    tracker_not_enabled: project('tracker-not-enabled', 'Tracker not enabled', [bug]),
    required_field: project('required-field', 'Required field', both)
  }
  projects[:required_field].issue_custom_fields << fields[:required]
  IssueCategory.create!(project: projects[:alert], name: 'Servers')
  IssueCategory.create!(project: projects[:required_field], name: 'Elsewhere')

  admin = User.find_by!(login: 'admin')
  admin.update_columns(must_change_passwd: false, language: 'en')
  api_key(admin, 'a')
  users = {
    admin: admin,
    bot: user('bot', 'b'),
    bot_without_workflow: user('bot-without-workflow', 'c'),
    bot_with_notes_only: user('bot-with-notes-only', 'd'),
    outsider: user('outsider', 'e'),
    locked: user('locked', 'f'),
    dev: user('dev', '1')
  }
  ops = Group.create!(lastname: 'Ops')

  projects.except(:not_a_member).each_value do |project|
    Member.create!(project: project, principal: users[:bot], roles: [bot_role])
    Member.create!(project: project, principal: users[:bot_without_workflow], roles: [no_workflow_role])
    Member.create!(project: project, principal: users[:bot_with_notes_only], roles: [notes_role])
    Member.create!(project: project, principal: users[:dev], roles: [developer])
    Member.create!(project: project, principal: ops, roles: [developer])
  end
  users[:locked].update_column(:status, User::STATUS_LOCKED)
  Project.where(id: projects[:closed]).update_all(status: Project::STATUS_CLOSED)
  Project.where(id: projects[:archived]).update_all(status: Project::STATUS_ARCHIVED)

  ids = {
    tracker: Tracker.all.to_h { |it| [it.name, it.id] },
    status: IssueStatus.all.to_h { |it| [it.name, it.id] },
    priority: IssuePriority.all.to_h { |it| [it.name, it.id] },
    project: projects.transform_values(&:id),
    field: fields.transform_values(&:id),
    user: users.transform_values(&:id),
    key: users.transform_values { |it| it.reload.api_key }
  }
  lines = ids.flat_map { |kind, all| all.map { |name, id| "#{kind}_#{name.to_s.downcase.tr(' ', '_')}=#{id}\n" } }
  version = [Redmine::VERSION::MAJOR, Redmine::VERSION::MINOR, Redmine::VERSION::TINY].join('.')
  File.write(ENV.fetch('SEEDED_IDS'), "version=#{version}\n#{lines.join}")
end
