//! The filing sheet: what the forms of the console ask for, in one table to copy from. An empty
//! value is what the team has not declared; nothing is guessed.

use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::finding::Phrase;
use crate::settings::{Audience, Commerce, Hosting};

/// How many hosts, permissions and packages are shown: a sheet must be whole.
const ALL: usize = usize::MAX;

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let settings = input.settings;
    let program = input.program;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |en: &str, zh: &str, lines: Vec<String>| {
        let value = if lines.is_empty() {
            Cell::said(Phrase::new("not declared", "未声明")).tone(Tone::Open)
        } else {
            Cell { lines: truncate_list(lines, ALL), ..Cell::default() }
        };
        rows.push(vec![Cell::said(Phrase::new(en, zh)), value]);
    };
    add("appid", "AppID", program.appid.iter().map(|it| it.name.to_string()).collect());
    let filing = settings.filing.as_ref();
    add(
        "Filing number",
        "备案号",
        filing.iter().map(|it| it.number.clone()).filter(|it| !it.is_empty()).collect(),
    );
    add("Filed name", "备案名称", filing.iter().filter_map(|it| it.name.clone()).collect());
    let entity = settings.entity.iter().map(|entity| {
        let verified = match entity.verified {
            Some(true) => ", verified",
            Some(false) => ", not verified",
            None => "",
        };
        format!("{}{verified}", entity.kind.name())
    });
    add("Entity", "主体类型", entity.collect());
    let categories = settings.categories.iter().flatten();
    add("Service categories", "服务类目", categories.map(|it| it.text.clone()).collect());
    let licences = settings.licences.iter().flatten().map(|it| match &it.number {
        Some(number) => format!("{} {number}", it.id),
        None => it.id.clone(),
    });
    add("Licences held", "已有许可", licences.collect());
    let commerce = settings.commerce.map(|model| match model {
        Commerce::SelfOperated => "self-operated",
        Commerce::PaidInformation => "paid-information",
        Commerce::Marketplace => "marketplace",
        Commerce::VirtualGoods => "virtual-goods",
    });
    add("Commerce", "经营方式", commerce.iter().map(|it| (*it).to_owned()).collect());
    let hosting = settings.hosting.map(|it| match it {
        Hosting::Mainland => "mainland",
        Hosting::Overseas => "overseas",
    });
    add("Hosting", "服务器位置", hosting.iter().map(|it| (*it).to_owned()).collect());
    let audience = settings.audience.map(|it| match it {
        Audience::Adults => "adults",
        Audience::All => "all",
        Audience::Minors => "minors",
    });
    add("Audience", "服务对象", audience.iter().map(|it| (*it).to_owned()).collect());

    let mut list = |en: &str, zh: &str, lines: Vec<String>| {
        let value = if lines.is_empty() {
            Cell::said(Phrase::new("none", "无"))
        } else {
            Cell { lines: truncate_list(lines, ALL), code: true, ..Cell::default() }
        };
        rows.push(vec![Cell::said(Phrase::new(en, zh)), value]);
    };
    let infos = program.required_private_infos().iter().map(|it| it.name.to_string());
    list("requiredPrivateInfos", "requiredPrivateInfos", infos.collect());
    let permissions = program.permission().iter().map(|it| {
        let desc = it.desc.as_ref().map_or("", |desc| &*desc.name);
        format!("{} {desc}", it.scope).trim_end().to_owned()
    });
    list("Permissions and purposes", "权限及用途", permissions.collect());
    let modes = program.required_background_modes().iter().map(|it| it.name.to_string());
    list("requiredBackgroundModes", "requiredBackgroundModes", modes.collect());
    let hosts = input.domains.iter().flat_map(|domains| &domains.lists).flat_map(|listed| {
        listed.hosts.iter().map(|host| format!("{} {}", listed.list.console, host.origin))
    });
    list("Hosts in use", "使用的域名", hosts.collect());
    let plugins = program.plugins().iter().map(|it| {
        format!("{} {}", it.provider.as_deref().unwrap_or_default(), it.alias).trim().to_owned()
    });
    list("Plugins", "插件", plugins.collect());
    let mut packages: Vec<String> =
        input.report.inventory.uses.iter().filter_map(|used| used.package.clone()).collect();
    packages.sort();
    list("Packages that use an interface", "使用接口的依赖包", packages);
    Section {
        id: "filing-sheet",
        title: Phrase::new("Filing sheet", "备案与登记信息表"),
        intro: Phrase::new(
            "What the forms ask for. What is not declared can be added to miniguard.json; `miniguard init` asks for it.",
            "各类表单所需的信息。未声明的内容可写入 miniguard.json；`miniguard init` 会逐项询问。",
        ),
        columns: vec![
            ("field", Phrase::new("Field", "项目")),
            ("value", Phrase::new("Value", "内容")),
        ],
        rows,
        none: Phrase::default(),
    }
}
