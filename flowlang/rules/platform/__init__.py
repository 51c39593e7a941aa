"""Rules about images, volumes, the project, and jobs on the platform."""
