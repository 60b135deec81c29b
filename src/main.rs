//! Arguments → a command, or the window, or a picture where no window can be opened.

use atalaya::cli::{self, Args};
use atalaya::locale::Lang;
use std::process::ExitCode;

/// Rows are made on one thread and given back on another, which glibc's allocator pays dearly for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    atalaya::files::fail_beyond_size_limit();
    let args = Args::from_command_line();
    let lang = args.lang.unwrap_or_else(Lang::from_env);
    let done = match args.command {
        Some(command) => cli::run(command, lang),
        None => atalaya::open_window(args.case, args.files, args.lang),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            cli::complain(&problem, lang);
            ExitCode::FAILURE
        }
    }
}
