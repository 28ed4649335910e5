//! Values must not be held where the collector does not look.
//!
//! It looks at the native stack, at the machine's stack, at the cells of the heap and at
//! the roots that are registered there. What `Vec`, `Box` or a hash map hold lies in none
//! of these: a value that is only there may be freed. This test reads the sources of the
//! engine and refuses types that would hold one. It sees what is written down: a
//! `Vec<_>` whose elements are inferred is left to the stress tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Fields, GenericArgument, Item, PathArguments, Type, UseTree};

/// Types that are references into the heap.
const REFERENCES: [&str; 4] = ["Value", "Gc", "PropertyKey", "Arguments"];

/// Types that keep what they hold in memory of their own.
const OWNERS: [&str; 23] = [
    "Vec",
    "VecDeque",
    "Box",
    "Rc",
    "Arc",
    "Weak",
    "HashMap",
    "HashSet",
    "FxHashMap",
    "FxHashSet",
    "HashTable",
    "RawTable",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "LinkedList",
    "SmallVec",
    "IndexMap",
    "IndexSet",
    "Sender",
    "SyncSender",
    "Receiver",
    "Bump",
];

/// What is a root, or holds nothing.
const ROOTS: [&str; 3] = ["RootedVec", "Root", "PhantomData"];

/// Where such a type is in order, and why: the file, the type as it is written, the reason.
const ALLOWED: [(&str, &str, &str); 12] = [
    ("builtins/json/stringify/plan.rs", "Vec<Field>", "the shape has the keys, too"),
    ("compiler/class.rs", "Vec<Member<'a>>", COMPILING),
    ("compiler/function.rs", "Vec<Member<'a>>", COMPILING),
    ("compiler/mod.rs", "FxHashMap<BindingId,Place>", COMPILING),
    ("object/property_table.rs", "Vec<Option<(PropertyKey,Property)>>", "its shape traces it"),
    ("object/shape.rs", "Vec<(PropertyKey,Property)>", "the shapes have the keys, too"),
    ("object/shape.rs", "HashTable<NonNull<Shape>>", "a weak table"),
    ("object/shape.rs", "Vec<NonNull<Shape>>", "a weak table"),
    ("object/shape.rs", "FxHashMap<u32,Origin>", "a weak table"),
    ("vm/mod.rs", "Cell<Option<Gc<Realm>>>", "who sets it has the realm on the native stack"),
    ("vm/mod.rs", "Box<trace::Trace>", "the code is that of a frame on the machine's stack"),
    ("vm/mod.rs", "std::rc::Rc<InstanceCache>", "a weak table, forgotten at every collection"),
];

const COMPILING: &str = "there are no collections while compiling";

/// What embedders may put wherever they like: its own fields are as bad as those of a box.
const PLACED_ANYWHERE: [&str; 3] = ["Vm", "Memory", "Heap"];

/// A type that would hold values out of the collector's sight.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Finding {
    file: String,
    line: usize,
    text: String,
}

/// The arguments of a type's last name, those of `Fn(…) -> …` left out: they are not kept.
fn arguments(path: &syn::Path) -> impl Iterator<Item = &Type> {
    let arguments = path.segments.last().map(|segment| &segment.arguments);
    let arguments = match arguments {
        Some(PathArguments::AngleBracketed(arguments)) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(argument) => Some(argument),
        _ => None,
    })
}

fn last_name(path: &syn::Path) -> String {
    path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
}

/// A source file: its name, what it is called as a module, its tree, and what it imports.
struct Module {
    file: String,
    path: Vec<String>,
    tree: syn::File,
    /// The names it imports, and the modules that it imports them of.
    imports: BTreeMap<String, Vec<String>>,
    /// The modules that it imports all names of.
    globs: Vec<Vec<String>>,
}

impl Module {
    fn new(file: &str, text: &str) -> Self {
        let tree = match syn::parse_file(text) {
            Ok(tree) => tree,
            Err(error) => panic!("{file}: {error}"),
        };
        let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let path = stem.split('/').filter(|name| *name != "lib").map(str::to_owned).collect();
        let (file, mut globs) = (file.to_owned(), Vec::new());
        let mut module = Self { file, path, tree, imports: BTreeMap::new(), globs: Vec::new() };
        let mut imports = BTreeMap::new();
        for item in &module.tree.items {
            if let Item::Use(item) = item {
                module.import(&item.tree, &mut Vec::new(), &mut imports, &mut globs);
            }
        }
        (module.imports, module.globs) = (imports, globs);
        module
    }

    fn import(
        &self,
        tree: &UseTree,
        prefix: &mut Vec<String>,
        into: &mut BTreeMap<String, Vec<String>>,
        globs: &mut Vec<Vec<String>>,
    ) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(&path.tree, prefix, into, globs);
                prefix.pop();
            }
            UseTree::Name(name) => {
                into.insert(name.ident.to_string(), self.absolute(prefix));
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(tree, prefix, into, globs));
            }
            UseTree::Glob(_) => globs.push(self.absolute(prefix)),
            UseTree::Rename(_) => {}
        }
    }

    /// The module that names before `::` lead to from here.
    fn absolute(&self, names: &[String]) -> Vec<String> {
        let mut path = self.path.clone();
        for (index, name) in names.iter().enumerate() {
            match name.as_str() {
                "crate" => path.clear(),
                "self" => {}
                "super" => drop(path.pop()),
                _ => match self.imports.get(name).filter(|_| index == 0) {
                    Some(module) => {
                        path.clone_from(module);
                        path.push(name.clone());
                    }
                    None => path.push(name.clone()),
                },
            }
        }
        path
    }
}

/// The types of a program that have a reference into the heap inside them.
struct Holders<'a> {
    modules: &'a [Module],
    /// What types there are of each name: where, and whether they are such.
    types: BTreeMap<String, Vec<(&'a [String], bool)>>,
}

impl<'a> Holders<'a> {
    /// Finds them: what has one in a field, and what has one of these in a field.
    fn of(modules: &'a [Module]) -> Self {
        let mut holders = Self { modules, types: BTreeMap::new() };
        loop {
            let types = holders.look();
            if types == holders.types {
                return holders;
            }
            holders.types = types;
        }
    }

    /// Looks at all types, with what is known of those in their fields.
    fn look(&self) -> BTreeMap<String, Vec<(&'a [String], bool)>> {
        let mut types: BTreeMap<String, Vec<(&'a [String], bool)>> = BTreeMap::new();
        for module in self.modules {
            let mut items = Vec::new();
            collect(&module.tree.items, &mut items);
            for item in items {
                let among = |fields: &Fields| fields.iter().any(|f| self.holds(module, &f.ty));
                let (name, is_holder) = match item {
                    Item::Struct(item) => (&item.ident, among(&item.fields)),
                    Item::Enum(item) => {
                        let mut variants = item.variants.iter();
                        (&item.ident, variants.any(|variant| among(&variant.fields)))
                    }
                    Item::Union(item) => {
                        let mut fields = item.fields.named.iter();
                        (&item.ident, fields.any(|field| self.holds(module, &field.ty)))
                    }
                    Item::Type(item) => (&item.ident, self.holds(module, &item.ty)),
                    _ => continue,
                };
                types.entry(name.to_string()).or_default().push((&module.path, is_holder));
            }
        }
        types
    }

    /// Whether a type that a module names is such. Where several may be meant one is enough.
    fn is_holder(&self, module: &Module, path: &syn::Path) -> bool {
        let mut names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let Some(name) = names.pop() else { return false };
        if REFERENCES.contains(&name.as_str()) {
            return true;
        }
        let Some(types) = self.types.get(&name) else { return false };
        let is_here = types.iter().any(|(path, _)| *path == module.path);
        let home = match module.imports.get(&name) {
            Some(imported) if names.is_empty() && !is_here => imported.clone(),
            None if names.is_empty() && !is_here => {
                let has_it = |glob: &&Vec<String>| types.iter().any(|(path, _)| *path == **glob);
                module.globs.iter().find(has_it).cloned().unwrap_or_else(|| module.path.clone())
            }
            _ => module.absolute(&names),
        };
        // Where it is, or in a module inside from where it is exported.
        for is_meant in [
            (|path: &[String], home: &[String]| path == home) as fn(&[String], &[String]) -> bool,
            |path, home| path.starts_with(home),
            |_, _| true,
        ] {
            let mut meant = types.iter().filter(|(path, _)| is_meant(path, &home)).peekable();
            if meant.peek().is_some() {
                return meant.any(|(_, is_holder)| *is_holder);
            }
        }
        false
    }

    /// Whether a value of a type has a reference into the heap in itself. What it points to
    /// is somebody else's.
    fn holds(&self, module: &Module, ty: &Type) -> bool {
        match ty {
            Type::Array(array) => self.holds(module, &array.elem),
            Type::Slice(slice) => self.holds(module, &slice.elem),
            Type::Group(group) => self.holds(module, &group.elem),
            Type::Paren(paren) => self.holds(module, &paren.elem),
            Type::Tuple(tuple) => tuple.elems.iter().any(|element| self.holds(module, element)),
            Type::Path(path) => {
                let name = last_name(&path.path);
                !ROOTS.contains(&name.as_str())
                    && !OWNERS.contains(&name.as_str())
                    && (self.is_holder(module, &path.path)
                        || arguments(&path.path).any(|ty| self.holds(module, ty)))
            }
            _ => false,
        }
    }
}

/// All items, those of modules inside too.
fn collect<'a>(items: &'a [Item], into: &mut Vec<&'a Item>) {
    for item in items {
        into.push(item);
        if let Item::Mod(module) = item
            && let Some((_, items)) = &module.content
        {
            collect(items, into);
        }
    }
}

/// Looks at every type of a file.
struct Search<'a> {
    module: &'a Module,
    holders: &'a Holders<'a>,
    found: Vec<Finding>,
}

impl Search<'_> {
    fn note(&mut self, node: &(impl Spanned + quote::ToTokens)) {
        let text = node.to_token_stream().to_string().replace(' ', "");
        let line = node.span().start().line;
        self.found.push(Finding { file: self.module.file.clone(), line, text });
    }

    /// Whether the arguments of an owner hold values: `Vec<Value>`, `Vec::<Value>::new()`.
    fn look_at(&mut self, path: &syn::Path) {
        let holds = path.segments.iter().any(|segment| {
            let owner = syn::Path::from(segment.clone());
            OWNERS.contains(&segment.ident.to_string().as_str())
                && arguments(&owner).any(|ty| self.holders.holds(self.module, ty))
        });
        if holds {
            self.note(path);
        }
    }
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.look_at(path);
        visit::visit_path(self, path);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        if self.holders.holds(self.module, &item.ty) {
            self.note(&item.ty);
        }
        visit::visit_item_static(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if PLACED_ANYWHERE.contains(&item.ident.to_string().as_str()) {
            for field in &item.fields {
                if self.holders.holds(self.module, &field.ty) {
                    self.note(&field.ty);
                }
            }
        }
        visit::visit_item_struct(self, item);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if last_name(&mac.path) == "thread_local" {
            match syn::parse2::<syn::File>(as_items(&mac.tokens)) {
                Ok(file) => self.visit_file(&file),
                Err(_) => self.note(mac),
            }
        }
        visit::visit_macro(self, mac);
    }
}

/// The tokens of a `thread_local!` as items; the last semicolon may be missing there.
fn as_items(tokens: &proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let tokens = tokens.to_string();
    let text = format!("{};", tokens.trim_end().trim_end_matches(';'));
    let text = text.replace("= const {", "= {");
    text.parse().unwrap_or_default()
}

/// What is wrong with some files: their names and texts.
fn search(files: &[(&str, &str)]) -> Vec<Finding> {
    let modules: Vec<Module> = files.iter().map(|(name, text)| Module::new(name, text)).collect();
    let holders = Holders::of(&modules);
    let mut found = Vec::new();
    for module in &modules {
        let mut search = Search { module, holders: &holders, found: Vec::new() };
        search.visit_file(&module.tree);
        found.append(&mut search.found);
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the sources are there");
    for entry in entries {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn the_engine_holds_no_value_where_the_collector_does_not_look() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("a path below the root");
            let name = name.to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).expect("a readable source"))
        })
        .collect();
    let files: Vec<(&str, &str)> =
        texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let found = search(&files);
    let is_allowed = |finding: &&Finding| {
        ALLOWED.iter().any(|(file, text, _)| finding.file == *file && finding.text == *text)
    };
    let (allowed, refused): (Vec<&Finding>, Vec<&Finding>) = found.iter().partition(is_allowed);
    let lines: Vec<String> = refused
        .iter()
        .map(|finding| format!("{}:{}: {}", finding.file, finding.line, finding.text))
        .collect();
    assert!(
        lines.is_empty(),
        "values in memory that the collector does not scan:\n{}\n\
         Use `Memory::rooted_vec`, or a cell of the heap.",
        lines.join("\n")
    );
    for (file, text, _) in ALLOWED {
        let is_used = allowed.iter().any(|finding| finding.file == file && finding.text == text);
        assert!(is_used, "{file} has no {text} any more: take it off the list");
    }
}

/// What is found in a planted text.
fn planted(text: &str) -> Vec<String> {
    search(&[("planted.rs", text)]).into_iter().map(|finding| finding.text).collect()
}

#[test]
fn planted_holders_are_found() {
    for (text, expected) in [
        ("struct A { list: Vec<Value> }", "Vec<Value>"),
        ("fn f() -> Box<[Value]> { todo!() }", "Box<[Value]>"),
        ("fn f(map: &mut HashMap<u32, Gc<Object>>) {}", "HashMap<u32,Gc<Object>>"),
        ("fn f() { let a: Vec<(u32, Option<Value>)> = Vec::new(); }", "Vec<(u32,Option<Value>)>"),
        ("fn f() { let a = Vec::<Gc<Code>>::new(); }", "Vec::<Gc<Code>>::new"),
        ("fn f() { g(iter.collect::<Vec<PropertyKey>>()) }", "Vec<PropertyKey>"),
        ("struct A(Value); enum B { C(A) } fn f(b: Rc<RefCell<B>>) {}", "Rc<RefCell<B>>"),
        ("type A = (Value, u32); struct C { a: std::rc::Rc<A> }", "std::rc::Rc<A>"),
        (
            "mod m { pub struct A { v: Cell<Value> } } struct B { a: Option<Box<m::A>> }",
            "Box<m::A>",
        ),
        ("static A: Mutex<Option<Value>> = Mutex::new(None);", "Mutex<Option<Value>>"),
        (
            "thread_local! { static A: Cell<Value> = const { Cell::new(Value::EMPTY) } }",
            "Cell<Value>",
        ),
        ("struct Vm { last: Cell<Value> }", "Cell<Value>"),
        ("struct A<F> { f: Vec<Vec<Value>>, g: F }", "Vec<Value>"),
        ("trait T { type A; } impl T for u8 { type A = VecDeque<Value>; }", "VecDeque<Value>"),
    ] {
        assert_eq!(planted(text), [expected], "{text}");
    }
}

#[test]
fn what_the_collector_sees_is_left_alone() {
    for text in [
        "struct A { list: RootedVec<Value>, one: Value, some: Option<Gc<Object>> }",
        "fn f(values: &[Value], list: Vec<u32>) -> Value { values[0] }",
        "struct A { call: Box<dyn Fn(Value) -> Value>, table: Vec<fn(Value)> }",
        "struct A { list: RootedVec<Value> } fn f(a: Box<A>) {}",
        "fn f() { let a: [Value; 4] = [Value::UNDEFINED; 4]; }",
        "static NAMES: [&str; 2] = [\"a\", \"b\"];",
        "struct A { list: Vec<PhantomData<Value>>, parts: Vec<*const Value> }",
    ] {
        assert_eq!(planted(text), [""; 0], "{text}");
    }
}
