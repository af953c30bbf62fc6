import ArgumentParser
import Casework
import Foundation
import Store
import Suggestions

/// Users and their roles. The first administrator is made here; what is done here is done by the system user.
struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "用户与权限：添加、角色、口令、停用 / users and rights: add, roles, passwords, disable",
    subcommands: [
      Add.self, List.self, Role.self, SetPassword.self, Disable.self, Enable.self, Sessions.self,
    ], defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "添加用户；口令另用 user password 设 / add a user; user password sets the password")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name to sign in with") var name: String
    @Option(help: "姓名 / name people read") var display: String?
    @Option(help: "第一个角色 / first role") var role: String?
    @OptionGroup var scope: ScopeOptions

    func validate() throws {
      if role == nil && scope.isGiven {
        throw ValidationError("范围要配 --role / a scope goes with --role")
      }
    }

    func run() throws {
      let store = try common.openStore(.existing)
      let first = try role.map { try scope.scope($0, common) }
      let account = try common.changed(name) { () throws(StoreFault) in
        try store.addAccount(name, display: display, scope: first, by: SystemUser.name, at: LocalTime.now)
      }
      common.show(
        account,
        common.messages(
          "已添加 \(account.name)。设口令：golden-ideas user password \(account.name)",
          "\(account.name) added. Set a password: golden-ideas user password \(account.name)"))
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "列出用户 / list users")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let store = try common.openStore(.existing)
      let accounts = try common.onStore { () throws(StoreFault) in try store.accounts() }
      guard common.json else { return print(UserScreen(messages: common.messages).table(accounts)) }
      common.printJSON { root in
        root.array("users") { list in
          for account in accounts { list.object { UserScreen.write(account, to: &$0) } }
        }
      }
    }
  }

  struct Role: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "role", abstract: "给角色或收回 / give a role or take it away")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name") var name: String
    @Option(help: "给这个角色 / role to give") var add: String?
    @Option(help: "收回这个角色；给出范围则只收回那一项 / role to take away; with a scope only that one") var remove: String?
    @OptionGroup var scope: ScopeOptions

    func validate() throws {
      guard (add == nil) != (remove == nil) else {
        throw ValidationError("--add 与 --remove 给一个 / give either --add or --remove")
      }
    }

    func run() throws {
      let store = try common.openStore(.existing)
      if let add {
        let given = try scope.scope(add, common)
        let account = try common.changed(name) { () throws(StoreFault) in
          try store.addRole(given, to: name, by: SystemUser.name, at: LocalTime.now)
        }
        common.show(account, common.messages("\(account.name) 的角色已给。", "role given to \(account.name)."))
      } else if let remove {
        let role = try ScopeOptions.role(remove, common)
        let fits = try scope.fitting(common)
        let account = try common.changed(name) { () throws(StoreFault) in
          try store.removeRoles(of: name, by: SystemUser.name, at: LocalTime.now) { $0.role == role && fits($0) }
        }
        common.show(account, common.messages("\(account.name) 的角色已收回。", "role taken from \(account.name)."))
      }
    }
  }

  struct SetPassword: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "password",
      abstract: "设口令：在终端输两遍，不显示；否则读标准输入第一行 / set a password: typed twice unseen, or the first line of standard input")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name") var name: String

    func run() throws {
      let store = try common.openStore(.existing)
      // Nobody types a password for a user who is not there.
      guard try common.onStore({ () throws(StoreFault) in try store.account(named: name) }) != nil else {
        throw Outcome.findings(common.messages.account(.unknown, name))
      }
      let password = Password(try PasswordPrompt(messages: common.messages).read())
      let account = try common.changed(name) { () throws(StoreFault) in
        try store.setPassword(password, of: name, by: SystemUser.name, at: LocalTime.now)
      }
      common.show(
        account,
        common.messages(
          "\(account.name) 的口令已设；原有登录都已退出。", "password of \(account.name) set; sessions under the old one have ended."))
    }
  }

  struct Disable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "disable", abstract: "停用：立即退出全部登录 / disable: all sessions end at once")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name") var name: String

    func run() throws {
      let store = try common.openStore(.existing)
      let account = try common.changed(name) { () throws(StoreFault) in
        try store.disableAccount(name, by: SystemUser.name, at: LocalTime.now)
      }
      common.show(account, common.messages("已停用 \(account.name)。", "\(account.name) disabled."))
    }
  }

  struct Enable: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "enable", abstract: "恢复停用的用户，角色和口令照旧 / enable again, with roles and password of before")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name") var name: String

    func run() throws {
      let store = try common.openStore(.existing)
      let account = try common.changed(name) { () throws(StoreFault) in
        try store.enableAccount(name, by: SystemUser.name, at: LocalTime.now)
      }
      common.show(account, common.messages("已启用 \(account.name)。", "\(account.name) enabled."))
    }
  }

  struct Sessions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sessions", abstract: "登录会话；--revoke 全部退出 / sessions; --revoke ends them all")
    @OptionGroup var common: CommonOptions
    @Argument(help: "登录名 / name") var name: String
    @Flag(help: "全部退出 / end them all") var revoke = false

    func run() throws {
      let store = try common.openStore(.existing)
      if revoke {
        let ended = try common.onStore { () throws(StoreFault) in
          try store.revokeSessions(of: name, by: SystemUser.name, at: LocalTime.now)
        }
        guard let ended else { throw Outcome.findings(common.messages.account(.unknown, name)) }
        if common.json { return print("{\"revoked\":\(ended)}") }
        return common.note(common.messages("已退出 \(ended) 个会话。", "\(ended) sessions ended."))
      }
      let found = try common.onStore { () throws(StoreFault) in try store.sessions(of: name, at: LocalTime.now) }
      guard let found else { throw Outcome.findings(common.messages.account(.unknown, name)) }
      guard common.json else { return print(UserScreen(messages: common.messages).sessions(found)) }
      common.printJSON { root in
        root.array("sessions") { list in
          for session in found { list.object { UserScreen.write(session, to: &$0) } }
        }
      }
    }
  }
}

/// Whoever sits at the command line of the machine.
enum SystemUser {
  static var name: String { "system:" + NSUserName() }
}

extension CommonOptions {
  /// Runs what changes a user; a refusal ends the command.
  func changed(
    _ name: String, _ body: () throws(StoreFault) -> Result<Account, AccountRefusal>
  ) throws -> Account {
    switch try onStore(body) {
    case .success(let account): return account
    case .failure(let refusal): throw Outcome.findings(messages.account(refusal, name))
    }
  }

  /// The user as it is now, for programs; a remark for people.
  fileprivate func show(_ account: Account, _ remark: String) {
    if json { printJSON { UserScreen.write(account, to: &$0) } } else { note(remark) }
  }
}
