"""The guided first household: a quiet note below the form that goes on when a step was done."""
