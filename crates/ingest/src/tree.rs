//! What the walk found, as a tree with raw names.

use crate::origin::Within;
use crate::stamp::Stamp;
use std::collections::BTreeMap;
use std::ops::Range;

/// The folder `data/` and all that will lie below it. A parent always stands before its children.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// Folders that fonds makes for the parts of a container, each with the node of the container.
    made: BTreeMap<u32, u32>,
}

/// A name in a folder, and what it stands for.
pub(crate) type Child = (Box<[u8]>, Content);

/// A file or folder.
pub(crate) struct Node {
    /// Its own name in raw octets, without a slash.
    pub(crate) name: Box<[u8]>,
    parent: u32,
    pub(crate) content: Content,
}

pub(crate) enum Content {
    /// A folder, and which nodes are in it, sorted by name in octet order.
    Folder { children: Range<u32> },
    /// A regular file, beneath which source it was found, and what it was then.
    File { root: u32, stamp: Stamp },
    /// A document in something that is no folder.
    Within(Box<Within>),
}

impl Content {
    pub(crate) const EMPTY_FOLDER: Self = Self::Folder { children: 0..0 };
}

impl Tree {
    /// The node of `data/` itself.
    pub(crate) const TOP: u32 = 0;

    pub(crate) fn new() -> Self {
        let top = Node { name: Box::default(), parent: Self::TOP, content: Content::EMPTY_FOLDER };
        Self { nodes: vec![top], made: BTreeMap::new() }
    }

    /// The number that the next node will have.
    pub(crate) fn next(&self) -> u32 {
        index(self.nodes.len())
    }

    /// Puts `children` into the empty folder `folder`, and answers which nodes they are.
    pub(crate) fn fill(&mut self, folder: u32, children: Vec<Child>) -> Range<u32> {
        let first = index(self.nodes.len());
        self.nodes.extend(children.into_iter().map(|(name, content)| Node { name, parent: folder, content }));
        let children = first..index(self.nodes.len());
        self.nodes[folder as usize].content = Content::Folder { children: children.clone() };
        children
    }

    /// Puts the parts of `container`, sorted by name, into the empty folder that stands for them.
    pub(crate) fn fill_parts(&mut self, folder: u32, container: u32, parts: Vec<Child>) -> Range<u32> {
        self.made.insert(folder, container);
        self.fill(folder, parts)
    }

    /// The container whose parts lie in this folder, if fonds made it for them.
    pub(crate) fn container_of(&self, folder: u32) -> Option<u32> {
        self.made.get(&folder).copied()
    }

    /// The node of that name among the children of one folder.
    pub(crate) fn find(&self, children: Range<u32>, name: &[u8]) -> Option<u32> {
        let nodes = &self.nodes[children.start as usize..children.end as usize];
        let at = nodes.binary_search_by(|node| (*node.name).cmp(name)).ok()?;
        Some(children.start + index(at))
    }

    pub(crate) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// Everything below `data/`, each with its number; parents first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Node)> {
        self.nodes.iter().enumerate().skip(1).map(|(number, node)| (index(number), node))
    }

    /// All folders, `data/` among them, as the nodes that are in each.
    pub(crate) fn folders(&self) -> impl Iterator<Item = Range<u32>> {
        self.nodes.iter().filter_map(|node| match &node.content {
            Content::Folder { children } => Some(children.clone()),
            Content::File { .. } | Content::Within(_) => None,
        })
    }

    /// The raw path of a node below `data/`.
    pub(crate) fn path_below(&self, node: u32) -> Vec<u8> {
        let mut components = Vec::new();
        let mut at = node;
        while at != Self::TOP {
            let node = self.node(at);
            components.push(&*node.name);
            at = node.parent;
        }
        components.reverse();
        components.join(&b'/')
    }
}

impl Node {
    pub(crate) fn parent(&self) -> u32 {
        self.parent
    }
}

/// A count as a node number: four thousand million files are beyond any package.
fn index(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
